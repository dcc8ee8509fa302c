// The sandbox plays the cluster: what it reports comes from its own model, never from the rules of the product.
const OWN_MODEL_ONLY = {
  group: ['backstage-plugin-mesh*', 'backstage-plugin-mesh*/**'],
  message:
    'The sandbox must not use the product it is shown to: it has its own model of pods, proxies and traffic.',
};

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    'no-restricted-imports': ['error', { patterns: [OWN_MODEL_ONLY] }],
  },
});
