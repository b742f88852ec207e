// Starts the page, and fetches the simulator beside it. start.js has looked before whether that can work.
const { js, wasm } = document.querySelector('script[data-js]').dataset;
const base = new URL('./', location.href).href;
const page = { script: base + js, wasm: base + wasm };
// The simulator is not named by its content; the page's name, which changes with every build, keeps caches from mixing two.
const simulator = { script: `${base}simulator.js?${js}`, wasm: `${base}simulator_bg.wasm?${js}` };

let compiled;
/** The simulator, compiled once, for workers and the page: resolves to what worker-start.js is to be sent. */
playground.simulator = () => {
  compiled ??= fetch(simulator.wasm)
    .then((response) => {
      if (!response.ok) throw new Error(`${simulator.wasm}: ${response.status}`);
      return response.arrayBuffer();
    })
    .then(WebAssembly.compile)
    .then((module) => ({ script: simulator.script, module }));
  compiled.catch(() => (compiled = undefined));
  return compiled;
};

let started;
let attempt = 0;
/** A simulator in the page itself, for where workers are refused: calls back with the bytes of events. */
playground.beside = async (onEvent) => {
  started ??= (async () => {
    const { script, module } = await playground.simulator();
    // A browser keeps a module that could not be loaded as such, by its address.
    const program = await import(attempt ? `${script}&${attempt}` : script);
    await program.default({ module_or_path: module });
    return program;
  })();
  started.catch(() => {
    started = undefined;
    attempt += 1;
  });
  return new (await started).Beside(onEvent);
};

async function start() {
  // All at once; what goes wrong with them shows when they are awaited.
  const program = fetch(page.wasm);
  program.catch(() => {});
  playground.simulator().catch(() => {});
  let file = page.script;
  try {
    const { default: init } = await import(page.script);
    file = page.wasm;
    await init({ module_or_path: program });
  } catch (error) {
    console.error(error);
    playground.blame(file, error);
  }
}

// Without start.js there is nothing to tell a fault with; the card says that it is missing.
if (self.playground && !playground.isHopeless()) start();
