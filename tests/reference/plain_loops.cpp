// Two benchmarks as plain loops, each written for one network: what our generators and our neuron with plastic inputs are
// measured against.
//
//     g++ -O3 -o plain_loops plain_loops.cpp
//     ./plain_loops stdp|groups [SECONDS]
//
// Prints figures, and CPU seconds per simulated second without set-up; of the groups for each of the three. Steps of 0.1 ms.
// Inputs that do not fire cost nothing: a loop jumps from one that may fire to the next, over steps as well, in
// geometric waiting times. The networks are those of `STDP inputs` and `correlated groups` (src/cli/bench.rs).

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

using std::vector;

const double DT_MS = 0.1;

// Xoshiro256+, since the library's generators take longer than all the rest.
struct Generator {
    uint64_t s[4] = {0x9e3779b97f4a7c15u, 0xbf58476d1ce4e5b9u, 0x94d049bb133111ebu, 0x2545f4914f6cdd1du};

    uint64_t bits() {
        const uint64_t result = s[0] + s[3], t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = (s[3] << 45) | (s[3] >> 19);
        return result;
    }

    // In (0, 1].
    double uniform() { return double((bits() >> 11) + 1) / 9007199254740992.0; }
};

Generator generator;

// Trials up to and including the next success, each of which has chance p.
struct Skip {
    double scale;

    explicit Skip(double p) : scale(p > 0 ? 1 / std::log1p(-p) : -1e300) {}

    int64_t operator()() const {
        const double trials = std::log(generator.uniform()) * scale;
        return 1 + (trials < 1e15 ? int64_t(trials) : int64_t(1e15));
    }
};

// 1,000 Poisson inputs from 10 to 40 Hz on one conductance neuron, with additive pair STDP: Brian's classic example.
void stdp(int seconds) {
    const int num = 1000, places = 2048;
    const double dt_s = DT_MS / 1000;
    const float per_tau_m = float(DT_MS / 10), keep_g = float(1 - DT_MS / 5), keep_trace = float(std::exp(-DT_MS / 20));
    const float v_th = -54, v_reset = -60, e_l = -74, gain = 0.01f, a_plus = 0.01f, a_minus = 0.0105f;
    // Traces of the inputs decay together: each is `x` over the scale, which is brought back now and then.
    vector<float> w(num), x(num, 0.0f);
    // An input's chance in a step is p = 1 - exp(-h): all h in a row, up to where each reaches, and whom to ask first.
    vector<double> until(num);
    double whole = 0;
    for (int n = 0; n < num; n++) {
        w[n] = float(generator.uniform());
        until[n] = whole -= std::log1p(-(10 + 30.0 * n / (num - 1)) * dt_s);
    }
    vector<int> first(places);
    for (int place = 0, n = 0; place < places; place++) {
        while (until[n] <= whole * place / places) n++;
        first[place] = n;
    }
    const double per_place = places / whole;
    float v = e_l, g = 0, y = 0;
    double scale = 1;
    const double growth = 1 / double(keep_trace);
    long output = 0, input = 0;
    const int64_t steps = int64_t(seconds / dt_s + 0.5);
    const clock_t begin = clock();
    double due = -std::log(generator.uniform());
    vector<int> spikes;
    for (int64_t step = 0; step < steps; step++) {
        spikes.clear();
        while (due < whole) {
            int n = first[int(due * per_place)];
            while (until[n] <= due) n++;
            spikes.push_back(n);
            // At most once in a step: on from its end.
            due = until[n] - std::log(generator.uniform());
        }
        due -= whole;
        scale *= growth;
        y *= keep_trace;
        if (scale > 1e6) {
            for (float& one : x) one *= float(1 / scale);
            scale = 1;
        }
        float sum = 0;
        for (int n : spikes) {
            sum += w[n];
            const float less = w[n] - a_minus * y;
            w[n] = less < 0 ? 0 : less;
            x[n] += float(scale);
        }
        input += long(spikes.size());
        g += gain * sum;
        v += per_tau_m * (e_l - v - g * v);
        g *= keep_g;
        if (v > v_th) {
            v = v_reset;
            output++;
            y += 1;
            const float by = a_plus * float(1 / scale);
            for (int n = 0; n < num; n++) {
                const float more = w[n] + by * x[n];
                w[n] = more > 1 ? 1 : more;
            }
        }
    }
    const double cost = double(clock() - begin) / CLOCKS_PER_SEC / seconds;
    double mean = 0;
    for (float one : w) mean += one / num;
    std::printf("{\"cpu_s_per_sim_s\": %.7f, \"figures\": {\"mean_weight\": %.4f, \"output_rate_hz_overall\": %.2f, \"input_rate_hz\": %.3f}}\n",
                cost, mean, double(output) / seconds, double(input) / seconds / num);
}

// 1,000 inputs at 10 Hz that share spikes of one source: who joins, by chance sqrt(c), fires; besides, each on its own.
// Their rate, and their mean pairwise correlation of counts in bins of one step.
struct Group {
    double rate_hz, correlation;
};

Group group(double c, int seconds) {
    const int num = 1000;
    const double rate_hz = 10, p = rate_hz * DT_MS / 1000, join = std::sqrt(c);
    const uint64_t join_below = uint64_t(join * 9007199254740992.0);
    const Skip skip_alone(p * (1 - join)), skip_shared(c > 0 ? p : 0);
    const int64_t steps = int64_t(seconds * 1000 / DT_MS + 0.5);
    vector<uint32_t> totals(num, 0);
    vector<int> spikes, all;
    uint64_t sum = 0, squares = 0;
    int64_t alone = skip_alone() - 1, shared = skip_shared() - 1;
    for (int64_t step = 0; step < steps; step++) {
        const int64_t first = step * num;
        spikes.clear();
        for (; alone < first + num; alone += skip_alone()) spikes.push_back(int(alone - first));
        if (shared == step) {
            shared += skip_shared();
            // Who fires already does not fire twice.
            size_t place = 0;
            all.clear();
            for (int n = 0; n < num; n++) {
                const bool joins = generator.bits() >> 11 < join_below, fires = place < spikes.size() && spikes[place] == n;
                place += fires;
                if (joins || fires) all.push_back(n);
            }
            spikes.swap(all);
        }
        for (int n : spikes) totals[n]++;
        sum += spikes.size();
        squares += spikes.size() * spikes.size();
    }
    // The variance of the sum of all counts, less those of each, is what pairs add.
    const double bins = double(steps), mean = double(sum) / bins;
    double of_each = double(sum) / bins;
    for (uint32_t total : totals) of_each -= (total / bins) * (total / bins);
    return {mean / num / (DT_MS / 1000), (double(squares) / bins - mean * mean - of_each) / ((num - 1) * of_each)};
}

int main(int argc, char** argv) {
    const char* name = argc > 1 ? argv[1] : "";
    if (std::strcmp(name, "stdp") == 0) {
        stdp(argc > 2 ? std::atoi(argv[2]) : 100);
    } else if (std::strcmp(name, "groups") == 0) {
        const int seconds = argc > 2 ? std::atoi(argv[2]) : 60;
        const clock_t begin = clock();
        const Group chosen = group(0.5, seconds);
        const Group independent = group(0, seconds), identical = group(1, seconds);
        const double cost = double(clock() - begin) / CLOCKS_PER_SEC / seconds / 3;
        std::printf("{\"cpu_s_per_sim_s\": %.7f, \"figures\": {\"rate_hz\": %.3f, \"pairwise_correlation\": %.4f, "
                    "\"pairwise_correlation_independent\": %.5f, \"pairwise_correlation_identical\": %.4f}}\n",
                    cost, chosen.rate_hz, chosen.correlation, independent.correlation, identical.correlation);
    } else {
        return std::fprintf(stderr, "plain_loops stdp|groups [SECONDS]\n"), 1;
    }
}
