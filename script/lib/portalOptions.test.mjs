import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readOptions } from './portalOptions.mjs';
import { checkClusters } from './realClusters.mjs';
import { UserError } from './userError.mjs';

let folder;
let kubeconfig;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'mesh-options-'));
  kubeconfig = join(folder, 'config');
  const cluster = { server: 'https://example.com' };
  const names = ['east', 'west'];
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: names.map(name => ({ name, cluster })),
      users: names.map(name => ({ name, user: { token: `${name}-token` } })),
      contexts: [
        ...names.map(name => ({
          name,
          context: { cluster: name, user: name },
        })),
        { name: 'lost', context: { cluster: 'east', user: 'nobody' } },
      ],
      'current-context': 'west',
    }),
  );
  writeFileSync(join(folder, 'text'), 'users: [{token: s3cret');
});

after(() => rmSync(folder, { recursive: true }));

function read(...args) {
  return readOptions(
    args.map(arg => arg.replace('FOLDER', folder)),
    '/root',
  );
}

function check(...args) {
  return checkClusters(
    read('--kubeconfig', join(folder, 'config'), ...args).clusters,
  );
}

describe('the arguments of script/server', () => {
  it('starts on the sandbox without any', () => {
    const { port, state, clusters } = read();
    assert.deepEqual(
      [port, state, clusters],
      [7007, '/root/.sandbox', undefined],
    );
  });

  it('takes several contexts after one --context, or after several', () => {
    for (const args of [
      ['--context', 'east', 'west'],
      [
        '--context',
        'east',
        '--port',
        '0',
        '--context=west',
        '--context',
        'east',
      ],
    ]) {
      assert.deepEqual(
        check(...args).map(({ name, user }) => [name, user.token]),
        [
          ['east', 'east-token'],
          ['west', 'west-token'],
        ],
      );
    }
  });

  it('takes the current context where none is named', () => {
    assert.deepEqual(
      check().map(({ name }) => name),
      ['west'],
    );
  });

  it('knows whose a store is', () => {
    const { prometheus, jaeger } = read(
      '--kubeconfig',
      kubeconfig,
      '--prometheus',
      'east=http://a/?x=http://b',
      '--jaeger',
      'https://c',
    ).clusters;
    assert.deepEqual(
      [...prometheus, ...jaeger].map(({ context, url }) => [context, url]),
      [
        ['east', 'http://a/?x=http://b'],
        [undefined, 'https://c'],
      ],
    );
  });

  const bad = [
    ['--port x: a port is a number', '--port', 'x'],
    ['--port is given twice', '--port', '0', '--port', '7007'],
    [
      '--kubeconfig is given twice',
      '--kubeconfig',
      'FOLDER/config',
      '--kubeconfig=FOLDER/other',
    ],
    ['--context is for real clusters', '--context', 'east'],
    ['--jaeger is for real clusters', '--jaeger', 'http://a'],
    ['west: what is that for?', 'west'],
    ["Unknown option '--nope'", '--nope'],
    ['there is no such file', '--kubeconfig', 'FOLDER/none'],
    [
      '--catalog FOLDER/none: there is no such file',
      '--kubeconfig',
      'FOLDER/config',
      '--catalog',
      'FOLDER/none',
    ],
    [
      '--prometheus a=b: expected a URL',
      '--kubeconfig',
      'FOLDER/config',
      '--prometheus',
      'a=b',
    ],
  ];
  for (const [message, ...args] of bad) {
    it(`refuses ${args.join(' ')}`, () => {
      assert.throws(
        () => read(...args),
        error =>
          error instanceof UserError &&
          error.message.includes(message.replace('FOLDER', folder)),
      );
    });
  }

  for (const option of ['--prometheus', '--jaeger']) {
    for (const text of ['jo:s3cret@a', 'west=http://:s3cret@a', 's3cret@a']) {
      it(`refuses the credentials of ${option} ${text}, and does not repeat them`, () => {
        const value = text.replace(/^(\w*:?\w+@)/, 'http://$1');
        assert.throws(
          () => read('--kubeconfig', kubeconfig, option, value),
          error =>
            error instanceof UserError &&
            error.message.startsWith(`${option}: the URL `) &&
            error.message.includes('has a user or a password in it') &&
            !error.message.includes('s3cret'),
        );
      });
    }
  }

  const unfit = [
    ['--context nowhere: ', '--context', 'nowhere'],
    ['it has east, west, lost', '--context', 'nowhere'],
    ['has no usable entry for its user nobody', '--context', 'lost'],
    [
      'north is none of the contexts that are read (west)',
      '--prometheus',
      'north=http://a',
    ],
    ['say whose it is', '--context', 'east', 'west', '--jaeger', 'http://a'],
    [
      'context west has one already',
      '--prometheus',
      'http://a',
      '--prometheus',
      'west=http://b',
    ],
  ];
  for (const [message, ...args] of unfit) {
    it(`refuses ${args.join(' ')} for this kubeconfig`, () => {
      assert.throws(
        () => check(...args),
        error => error instanceof UserError && error.message.includes(message),
      );
    });
  }

  it('does not quote a file that is no kubeconfig', () => {
    assert.throws(
      () => checkClusters(read('--kubeconfig', join(folder, 'text')).clusters),
      error =>
        error.message.endsWith('it is not a kubeconfig') &&
        !error.message.includes('s3cret'),
    );
  });
});
