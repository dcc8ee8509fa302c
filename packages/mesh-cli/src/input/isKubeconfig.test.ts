import { tmpdir } from 'node:os';
import path from 'node:path';
import { isKubeconfig, isKubeconfigText } from './isKubeconfig';

const CONFIG = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'shop', cluster: { server: 'https://shop.example' } }],
  contexts: [{ name: 'prod', context: { cluster: 'shop', user: 'ann' } }],
  users: [],
};

describe('isKubeconfigText', () => {
  it.each<[string, string]>([
    [
      'one as kubectl writes it',
      'apiVersion: v1\nclusters:\n- cluster: { server: x }\n  name: a\ncontexts:\n- name: b\ncurrent-context: b\nkind: Config\nusers: []\n',
    ],
    ['one in JSON on one line', JSON.stringify(CONFIG)],
    [
      'one with comments',
      'kind: Config # of ann\nclusters: []\ncontexts: []\n',
    ],
    ['one without kind', 'clusters: []\ncontexts: []\n'],
  ])('takes %s', (_, text) => {
    expect(isKubeconfigText(text)).toBe(true);
  });

  it.each<[string, string]>([
    [
      'an object that has one in a text',
      `kind: ConfigMap\nmetadata: { name: a }\ndata:\n  config: |\n    kind: Config\n    clusters: []\n    contexts: []\n`,
    ],
    ['another Config', 'kind: Config\nclusters: a\ncontexts: b\n'],
    [
      'several documents',
      'kind: Config\nclusters: []\ncontexts: []\n---\na: b',
    ],
    ['what is no YAML', 'kind: Config\nclusters: [\ncontexts: [\n'],
    ['a list', '- clusters\n- contexts\n'],
    ['nothing', ''],
  ])('does not take %s', (_, text) => {
    expect(isKubeconfigText(text)).toBe(false);
  });
});

it('takes nothing that cannot be read', async () => {
  expect(await isKubeconfig(tmpdir())).toBe(false);
  expect(await isKubeconfig(path.join(tmpdir(), 'not', 'there'))).toBe(false);
});
