// Starts the simulator's module inside a worker. The query names the build, so that a page never gets
// a worker of another build from a cache.
const build = new URL(import.meta.url).search;
const { default: init } = await import(`./worker.js${build}`);
await init({ module_or_path: new URL(`./worker_bg.wasm${build}`, import.meta.url) });
