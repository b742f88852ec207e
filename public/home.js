// The home page without it is whole. With it the network in the hero is live, initials change what it learns, and the
// theme can be chosen. The demo runs in a frame of its own, after everything else is painted.
(() => {
  const root = document.documentElement;
  const live = document.getElementById('live');
  const input = document.getElementById('initials');
  const note = document.getElementById('initials-note');
  const advice = note.textContent;
  const query = new URLSearchParams(location.search);
  // What the demo learns by itself.
  const usual = 'ABCD';
  let letters = usual;
  let theme = query.get('theme');
  let frame;

  const isChosen = () => /^(light|dark)$/.test(theme);
  const link = (more = '') => {
    const own = letters === usual ? '' : `&letters=${letters}`;
    return `characters.html?v=1${own}${more}${isChosen() ? `&theme=${theme}` : ''}`;
  };
  const play = () => {
    document.getElementById('open').setAttribute('href', link());
    if (!frame) return;
    const film = link('&embed=1&show=network&hide=opening,transport,controls,share&autorun=loop');
    if (frame.getAttribute('src') === film) return;
    live.classList.remove('is-live');
    frame.title = `A network learns the letters ${letters.split('').join(', ')}`;
    frame.setAttribute('src', film);
  };

  // The frame is shown once its program draws; where that fails, the still stays.
  const reveal = () => {
    const looks = setInterval(() => {
      if (!frame.contentDocument?.querySelector('main[data-run-state]')) return;
      live.classList.add('is-live');
      clearInterval(looks);
    }, 100);
    setTimeout(() => clearInterval(looks), 20_000);
  };
  const start = () => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || navigator.connection?.saveData) return;
    frame = Object.assign(document.createElement('iframe'), { loading: 'lazy' });
    frame.addEventListener('load', reveal);
    play();
    live.append(frame);
  };
  addEventListener('load', () => setTimeout(start));

  // Every letter once, as the demo wants them.
  const read = () => {
    const typed = input.value.toUpperCase().replace(/[^A-Z]/g, '');
    const once = [...new Set(typed)].slice(0, 5).join('');
    note.textContent = typed.length > once.length ? `Each letter once: ${once}.` : advice;
    if (input.value !== once) input.value = once;
    if (once.length !== 1) letters = once || usual;
    document.getElementById('open').setAttribute('href', link());
  };
  let wait;
  input.addEventListener('input', () => {
    read();
    clearTimeout(wait);
    wait = setTimeout(play, 700);
  });
  // The network is there already: it learns them on the spot.
  input.form.addEventListener('submit', (event) => {
    clearTimeout(wait);
    if (frame) {
      event.preventDefault();
      play();
    }
  });
  // What the browser has kept from the visit before.
  if (input.value) read();

  const follow = () => {
    const isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    root.dataset.theme = isDark ? 'dark' : 'light';
    for (const a of document.querySelectorAll('a[href*=".html"], a.brand')) {
      a.dataset.own ??= a.getAttribute('href');
      const [own, section] = a.dataset.own.split('#');
      const sign = own.includes('?') ? '&' : '?';
      a.setAttribute('href', own + (isChosen() ? `${sign}theme=${theme}` : '') + (section ? `#${section}` : ''));
    }
    play();
  };
  const choice = document.createElement('label');
  choice.className = 'inline';
  choice.append('Theme ', Object.assign(document.createElement('select'), { name: 'theme' }));
  const select = choice.lastChild;
  for (const word of ['auto', 'light', 'dark']) select.append(new Option(word, word, false, word === theme));
  select.addEventListener('change', () => {
    theme = select.value;
    const url = new URL(location);
    if (theme === 'auto') url.searchParams.delete('theme');
    else url.searchParams.set('theme', theme);
    history.replaceState(history.state, '', url);
    follow();
  });
  document.getElementById('theme').append(choice);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', follow);
  follow();
})();
