// Three balanced networks as plain loops, each written for one network: what the general step is measured against.
//
//     g++ -O3 -o balanced_plain balanced_plain.cpp
//     ./balanced_plain cuba|coba|ai [SECONDS]
//
// Prints the rate, and CPU seconds per simulated second without set-up. The networks are those of tests/it/balanced.rs:
// benchmarks 2 and 1 of Brette et al. (2007) and the asynchronous irregular state of Brunel (2000), g = 5, eta = 2.
// Single precision, steps of 0.1 ms, a spike arrives after integration of as many steps as its delay has.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

using std::vector;

const double DT_MS = 0.1;

std::mt19937 generator(1);

float uniform(float low, float high) { return std::uniform_real_distribution<float>(low, high)(generator); }
float normal(float mean, float sd) { return std::normal_distribution<float>(mean, sd)(generator); }
float decay(double tau_ms) { return float(std::exp(-DT_MS / tau_ms)); }

// Receivers of all senders: those of sender n are posts[starts[n]] up to posts[starts[n + 1]].
struct Synapses {
    vector<uint32_t> starts;
    vector<uint16_t> posts;

    explicit Synapses(const vector<vector<uint16_t>>& rows) : starts{0} {
        for (const auto& row : rows) {
            posts.insert(posts.end(), row.begin(), row.end());
            starts.push_back(uint32_t(posts.size()));
        }
    }
};

Synapses by_chance(int num, double p) {
    std::bernoulli_distribution is_connected(p);
    vector<vector<uint16_t>> rows(num);
    for (auto& row : rows)
        for (int post = 0; post < num; post++)
            if (is_connected(generator)) row.push_back(uint16_t(post));
    return Synapses(rows);
}

// From each of two groups of senders, one after the other, so many different ones onto every neuron.
Synapses of_in_degree(int num_exc, int num_inh, int from_exc, int from_inh) {
    int num = num_exc + num_inh;
    vector<vector<uint16_t>> rows(num);
    vector<int> drawn_for(num, -1);
    auto draw = [&](int first, int size, int count, int post) {
        std::uniform_int_distribution<int> sender(first, first + size - 1);
        while (count > 0) {
            int pre = sender(generator);
            if (drawn_for[pre] == post) continue;
            drawn_for[pre] = post;
            rows[pre].push_back(uint16_t(post));
            count--;
        }
    };
    for (int post = 0; post < num; post++) {
        draw(0, num_exc, from_exc, post);
        draw(num_exc, num_inh, from_inh, post);
    }
    return Synapses(rows);
}

// What every network has: spikes on their way, and how many there were.
struct Spikes {
    vector<vector<int>> ring;
    size_t now = 0;
    long total = 0;

    explicit Spikes(int delay_steps) : ring(delay_steps) {}

    // Those that arrive in this step, whose place those take that set off in it.
    vector<int>& arriving() { return ring[now]; }

    void end_step() {
        total += long(ring[now].size());
        now = (now + 1) % ring.size();
    }
};

long cuba(int steps, clock_t& begin) {
    const int num = 4000, num_exc = 3200;
    const float e_l = -49, v_th = -50, v_reset = -60, w_e = 1.62f, w_i = -9;
    const int refractory_steps = 50;
    const double tau_m_ms = 20, tau_e_ms = 5, tau_i_ms = 10;
    const float leak = decay(tau_m_ms), decay_e = decay(tau_e_ms), decay_i = decay(tau_i_ms);
    // What a current brings the potential in a step, exactly.
    const float to_v_e = float(tau_e_ms / (tau_m_ms - tau_e_ms)) * (leak - decay_e);
    const float to_v_i = float(tau_i_ms / (tau_m_ms - tau_i_ms)) * (leak - decay_i);
    Synapses synapses = by_chance(num, 0.02);
    vector<float> v(num), i_e(num, 0.0f), i_i(num, 0.0f);
    vector<int> refractory(num, 0);
    for (auto& one : v) one = uniform(-60, -50);
    Spikes spikes(1);
    begin = clock();
    for (int step = 0; step < steps; step++) {
        for (int pre : spikes.arriving()) {
            vector<float>& current = pre < num_exc ? i_e : i_i;
            const float weight = pre < num_exc ? w_e : w_i;
            for (uint32_t s = synapses.starts[pre]; s < synapses.starts[pre + 1]; s++) current[synapses.posts[s]] += weight;
        }
        vector<int>& fired = spikes.arriving();
        fired.clear();
        for (int n = 0; n < num; n++) {
            if (refractory[n] > 0) {
                refractory[n]--;
            } else {
                v[n] = e_l + (v[n] - e_l) * leak + i_e[n] * to_v_e + i_i[n] * to_v_i;
                if (v[n] >= v_th) {
                    v[n] = v_reset;
                    refractory[n] = refractory_steps;
                    fired.push_back(n);
                }
            }
            i_e[n] *= decay_e;
            i_i[n] *= decay_i;
        }
        spikes.end_step();
    }
    return spikes.total;
}

long coba(int steps, clock_t& begin) {
    const int num = 4000, num_exc = 3200;
    const float e_e = 60, e_i = -20, v_th = 10, v_reset = 0, w_e = 0.6f, w_i = 6.7f;
    const int refractory_steps = 50;
    const float per_step = float(DT_MS / 20), decay_e = decay(5), decay_i = decay(10);
    Synapses synapses = by_chance(num, 0.02);
    vector<float> v(num), g_e(num), g_i(num);
    vector<int> refractory(num, 0);
    for (int n = 0; n < num; n++) {
        v[n] = normal(-5, 5);
        g_e[n] = normal(4, 1.5f);
        g_i[n] = normal(20, 12);
    }
    Spikes spikes(1);
    begin = clock();
    for (int step = 0; step < steps; step++) {
        for (int pre : spikes.arriving()) {
            vector<float>& conductance = pre < num_exc ? g_e : g_i;
            const float weight = pre < num_exc ? w_e : w_i;
            for (uint32_t s = synapses.starts[pre]; s < synapses.starts[pre + 1]; s++) conductance[synapses.posts[s]] += weight;
        }
        vector<int>& fired = spikes.arriving();
        fired.clear();
        for (int n = 0; n < num; n++) {
            if (refractory[n] > 0) {
                refractory[n]--;
            } else {
                const float total = 1 + g_e[n] + g_i[n];
                const float v_inf = (g_e[n] * e_e + g_i[n] * e_i) / total;
                v[n] = v_inf + (v[n] - v_inf) * std::exp(-per_step * total);
                if (v[n] >= v_th) {
                    v[n] = v_reset;
                    refractory[n] = refractory_steps;
                    fired.push_back(n);
                }
            }
            g_e[n] *= decay_e;
            g_i[n] *= decay_i;
        }
        spikes.end_step();
    }
    return spikes.total;
}

long ai(int steps, clock_t& begin) {
    const int num = 12500, num_exc = 10000;
    const float v_th = 20, v_reset = 10, j = 0.1f, g = 5;
    const int refractory_steps = 20, delay_steps = 15;
    const float leak = decay(20);
    // 1,000 inputs at 20 Hz: counts of a step by inversion.
    const double mean = 20000 * DT_MS / 1000;
    vector<float> cumulative;
    double p = std::exp(-mean), sum = p;
    for (int count = 0; sum < 1 - 1e-9; count++) {
        cumulative.push_back(float(sum));
        p *= mean / (count + 1);
        sum += p;
    }
    cumulative.push_back(1);
    Synapses synapses = of_in_degree(num_exc, num - num_exc, 1000, 250);
    vector<float> v(num, 0.0f), jump(num, 0.0f);
    vector<int> refractory(num, 0);
    Spikes spikes(delay_steps);
    begin = clock();
    for (int step = 0; step < steps; step++) {
        for (int pre : spikes.arriving()) {
            const float weight = pre < num_exc ? j : -g * j;
            for (uint32_t s = synapses.starts[pre]; s < synapses.starts[pre + 1]; s++) jump[synapses.posts[s]] += weight;
        }
        vector<int>& fired = spikes.arriving();
        fired.clear();
        for (int n = 0; n < num; n++) {
            const float number = float(generator() >> 8) / 16777216;
            int kicks = 0;
            while (cumulative[kicks] <= number) kicks++;
            if (refractory[n] > 0) {
                refractory[n]--;
            } else {
                v[n] = v[n] * leak + jump[n] + float(kicks) * j;
                if (v[n] >= v_th) {
                    v[n] = v_reset;
                    refractory[n] = refractory_steps;
                    fired.push_back(n);
                }
            }
            jump[n] = 0;
        }
        spikes.end_step();
    }
    return spikes.total;
}

int main(int argc, char** argv) {
    const std::string name = argc > 1 ? argv[1] : "";
    const int seconds = argc > 2 ? std::atoi(argv[2]) : name == "ai" ? 2 : 10;
    const int steps = int(seconds * 1000 / DT_MS + 0.5);
    clock_t begin;
    long spikes;
    if (name == "cuba") spikes = cuba(steps, begin);
    else if (name == "coba") spikes = coba(steps, begin);
    else if (name == "ai") spikes = ai(steps, begin);
    else return std::fprintf(stderr, "balanced_plain cuba|coba|ai [SECONDS]\n"), 1;
    const double cost = double(clock() - begin) / CLOCKS_PER_SEC / seconds;
    const int num = name == "ai" ? 12500 : 4000;
    std::printf("{\"cpu_s_per_sim_s\": %.5f, \"rate_hz\": %.2f}\n", cost, double(spikes) / num / seconds);
}
