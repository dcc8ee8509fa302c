// The tests against a mesh that runs, which ordinary runs leave out: `yarn test:mesh` at the root.
module.exports = (async () => {
  const config = await require('@backstage/cli/config/jest');
  const [project] = config.projects ?? [config];
  return {
    ...project,
    testMatch: ['**/*.mesh.test.ts'],
    testPathIgnorePatterns: ['/node_modules/'],
  };
})();
