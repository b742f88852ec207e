//! Spikes on their way: they arrive a fixed number of steps after they were fired.

use get_size2::GetSize;

/// The spikes of one projection that have not arrived yet.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DelayLine {
    /// A ring: `slots[head]` arrives next.
    slots: Vec<Vec<u32>>,
    head: u32,
}

impl DelayLine {
    /// A line on which spikes travel `delay_ticks` steps, at least one: a spike cannot arrive in the
    /// step that makes it.
    pub fn new(delay_ticks: u64) -> Self {
        Self { slots: vec![Vec::new(); delay_ticks.max(1) as usize], head: 0 }
    }

    /// The spikes that arrive in this step.
    #[inline]
    pub fn arriving(&self) -> &[u32] {
        &self.slots[self.head as usize]
    }

    /// Ends the step: what arrived is forgotten, and these spikes set off.
    #[inline]
    pub fn send(&mut self, fired: impl IntoIterator<Item = u32>) {
        let slot = &mut self.slots[self.head as usize];
        slot.clear();
        slot.extend(fired);
        self.go_on();
    }

    /// A comparison, since a division costs as much as all else in a step without spikes.
    #[inline]
    fn go_on(&mut self) {
        let next = self.head + 1;
        self.head = if next as usize == self.slots.len() { 0 } else { next };
    }

    /// The same for spikes that travel so many steps each, between one and the line's length.
    pub fn send_each(&mut self, fired: impl IntoIterator<Item = (u32, u16)>) {
        let (head, num) = (self.head as usize, self.slots.len());
        self.slots[head].clear();
        for (spike, delay_ticks) in fired {
            debug_assert!((1..=num).contains(&usize::from(delay_ticks)));
            self.slots[(head + usize::from(delay_ticks)) % num].push(spike);
        }
        self.go_on();
    }

    /// Forgets all spikes under way.
    pub fn clear(&mut self) {
        self.slots.iter_mut().for_each(Vec::clear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spikes_arrive_after_their_delay() {
        for delay in [1_u64, 2, 7] {
            let mut line = DelayLine::new(delay);
            let mut arrivals = Vec::new();
            for tick in 0..20 {
                arrivals.extend(line.arriving().iter().map(|_| tick));
                line.send((tick == 3 || tick == 4).then_some(0));
            }
            assert_eq!(arrivals, [3 + delay, 4 + delay]);
        }
    }

    #[test]
    fn each_spike_takes_its_own_delay() {
        let mut line = DelayLine::new(5);
        let mut arrivals = Vec::new();
        for tick in 0..20_u64 {
            arrivals.extend(line.arriving().iter().map(|spike| (tick, *spike)));
            let fired: &[(u32, u16)] =
                if tick == 3 || tick == 6 { &[(0, 1), (1, 5), (2, 3)] } else { &[] };
            line.send_each(fired.iter().copied());
        }
        assert_eq!(arrivals, [(4, 0), (6, 2), (7, 0), (8, 1), (9, 2), (11, 1)]);
    }

    #[test]
    fn nothing_arrives_in_its_own_step() {
        let mut line = DelayLine::new(0);
        line.send([5]);
        assert_eq!(line.arriving(), [5]);
    }
}
