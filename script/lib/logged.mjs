/* Programs whose output goes to a log. */
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Runs a program whose output goes to a log; if it ends by itself, everything ends with the log's last lines. */
export function startLogged(children, state, name, args, options) {
  const path = join(state, 'logs', `${name}.log`);
  mkdirSync(dirname(path), { recursive: true });
  const stream = createWriteStream(path);
  const child = children.start(process.execPath, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    onEnd: async how => {
      await children.end();
      console.error(tail(path));
      console.error(
        `error: the ${name} ended ${how}; its log is ${relative(
          process.cwd(),
          path,
        )}`,
      );
      process.exit(1);
    },
  });
  child.stdout.pipe(stream, { end: false });
  child.stderr.pipe(stream, { end: false });
  return child;
}

function tail(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}

/** Resolves when the program has written a line that matches. */
export function lineOf(child, matches) {
  return new Promise(done => {
    let rest = '';
    const read = chunk => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      if (lines.some(matches)) {
        child.stdout.off('data', read);
        done();
      }
    };
    child.stdout.on('data', read);
  });
}
