import { meantSetting } from './settingNames';

describe('meantSetting', () => {
  it.each([
    ['config.linkerd.io/opauqe-ports', 'config.linkerd.io/opaque-ports'],
    ['config.linkerd.io/opaque-port', 'config.linkerd.io/opaque-ports'],
    [
      'config.linkerd.io/proxy-cpu-requests',
      'config.linkerd.io/proxy-cpu-request',
    ],
    [
      'config.linkerd.io/proxy-require-identity-on-inbound-ports',
      'config.linkerd.io/proxy-require-identity-inbound-ports',
    ],
    [
      'config.alpha.linkerd.io/proxy-wait-before-exit-second',
      'config.alpha.linkerd.io/proxy-wait-before-exit-seconds',
    ],
  ])('%s: %s', (written, meant) => {
    expect(meantSetting(written)).toBe(meant);
  });

  it.each([
    'config.linkerd.io/opaque-ports',
    'config.beta.linkerd.io/proxy-enable-native-sidecar',
    'config.linkerd.io/of-a-newer-release',
    'linkerd.io/inject',
    'example.com/opaque-port',
    'config.linkerd.io/',
  ])('%s is no slip of the pen', written => {
    expect(meantSetting(written)).toBeUndefined();
  });
});
