// The tests against real programs, which ordinary runs leave out: `yarn test:live` at the root.
module.exports = (async () => {
  const config = await require('@backstage/cli/config/jest');
  const [project] = config.projects ?? [config];
  return {
    ...project,
    testMatch: ['**/*.live.test.ts'],
    testPathIgnorePatterns: ['/node_modules/'],
  };
})();
