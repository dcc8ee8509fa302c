import { spawn } from 'node:child_process';

/**
 * Child processes that end with this one. Each gets a process group of its own, so that what a child
 * starts ends with it; Ctrl-C, SIGTERM and a failure end all of them, last started first.
 */
export class Children {
  #running = [];
  #ending;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        this.end().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
      });
    }
  }

  /** Starts a child. Where it ends before it was asked to, `onEnd` is told how. */
  start(command, args, { onEnd, ...options }) {
    const child = spawn(command, args, { detached: true, ...options });
    const ended = new Promise(resolve => {
      child.once('error', error => resolve(error.message));
      child.once('exit', (code, signal) =>
        resolve(signal ? `by ${signal}` : `with exit code ${code}`),
      );
    });
    this.#running.push({ child, ended });
    ended.then(how => {
      if (!this.#ending) {
        onEnd(how);
      }
    });
    return child;
  }

  /** Ends all children: asks, waits up to five seconds, then insists. */
  end() {
    this.#ending ??= (async () => {
      for (const { child, ended } of this.#running.reverse()) {
        signalGroup(child, 'SIGTERM');
        const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
        await ended;
        clearTimeout(timer);
        // Whatever the child itself left behind in its group.
        signalGroup(child, 'SIGKILL');
      }
    })();
    return this.#ending;
  }
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: the group has ended, which is what is wanted.
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}
