// Starts the simulator's module inside a worker. The page sends what it has compiled already, so that nothing is fetched
// or compiled twice and a page never gets a worker of another build from a cache.
addEventListener(
  'message',
  async ({ data: { script, module } }) => {
    try {
      const { default: init } = await import(script);
      await init({ module_or_path: module });
    } catch (error) {
      // A string is no event: the page knows at once.
      postMessage(`${script}: ${error.message}`);
    }
  },
  { once: true },
);
