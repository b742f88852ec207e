// Starts the page's own module a second time, inside a worker. The page sends what it has loaded already, so nothing
// is fetched or compiled twice and a page never gets a worker of another build from a cache.
addEventListener(
  'message',
  async ({ data: { script, module } }) => {
    const { default: init } = await import(script);
    await init({ module_or_path: module });
  },
  { once: true },
);
