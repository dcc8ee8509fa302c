import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { checkState } from './stateLock.mjs';
import { UserError } from './userError.mjs';

const module = new URL('./stateLock.mjs', import.meta.url).href;
let state;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'mesh-state-'));
});

afterEach(() => rmSync(state, { recursive: true }));

/** A process that takes the folder, and ends when its input does. */
async function holder() {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { takeState } from ${JSON.stringify(module)};
       takeState(${JSON.stringify(state)});
       console.log('taken');
       process.stdin.on('end', () => process.exit()).resume();`,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return child;
}

describe('the folder of a portal', () => {
  it('is free where none runs', () => {
    checkState(state);
    checkState(join(state, 'new'));
  });

  it('is taken while one runs, and free when it has ended', async () => {
    const child = await holder();
    assert.throws(
      () => checkState(state),
      error =>
        error instanceof UserError &&
        error.message.includes(`process ${child.pid}`),
    );
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
    checkState(state);
    assert.equal(existsSync(join(state, 'server.pid')), false);
  });

  it('is free where the one that had it was killed', async () => {
    const child = await holder();
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    checkState(state);
  });

  it('is free where the file is none of ours', () => {
    writeFileSync(join(state, 'server.pid'), 'nonsense');
    checkState(state);
  });
});
