// Chooses which of the two modules to load, and starts it. start.js has looked before whether that can work.
const { js, wasm } = document.querySelector('script[data-js]').dataset;
const base = new URL('./', location.href).href;
// The small module has the first demo only. The full one is not named by its content, so the small one's name, which
// changes with every build, keeps caches from mixing two builds.
const full = { script: `${base}app.js?${js}`, wasm: `${base}app_bg.wasm?${js}` };
// A pasted link may name its demo in another way (`&amp;demo=`): the program reads those, and the full one has all.
const isNamed = /demo/i.test(location.search + location.hash);
const demo = new URLSearchParams(location.search).getAll('demo').pop() || (isNamed ? '' : 'characters');
const isFirst = demo.split('/')[0] === 'characters';
const chosen = isFirst ? { script: base + js, wasm: base + wasm } : full;

let compiled;
/** Everything, compiled once, for workers: resolves to what worker-start.js is to be sent. */
playground.full = () => {
  compiled ??= fetch(full.wasm)
    .then((response) => {
      if (!response.ok) throw new Error(`${full.wasm}: ${response.status}`);
      return response.arrayBuffer();
    })
    .then(WebAssembly.compile)
    .then((module) => ({ script: full.script, module }));
  compiled.catch(() => (compiled = undefined));
  return compiled;
};

/** Names the script to the page, whose worker starts with it too. */
function name(script) {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'modulepreload', href: script, crossOrigin: 'anonymous' });
  document.head.append(link);
}

async function start() {
  name(chosen.script);
  // Both at once; what goes wrong with it shows when it is awaited.
  const program = fetch(chosen.wasm);
  program.catch(() => {});
  let file = chosen.script;
  try {
    const { default: init } = await import(chosen.script);
    file = chosen.wasm;
    await init({ module_or_path: program });
  } catch (error) {
    console.error(error);
    playground.blame(file, error);
  }
}

if (!playground.isHopeless()) start();
