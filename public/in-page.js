// Brings the simulator into the page where workers are refused. A file of its own, since browsers that do
// not know import() cannot even read it.
(function () {
  const here = document.currentScript.src;
  window.stdpInPage = async (build, onEvent) => {
    const module = await import(new URL(`worker.js?${build}`, here).href);
    await module.default({ module_or_path: new URL(`worker_bg.wasm?${build}`, here) });
    return new module.InPage(onEvent);
  };
})();
