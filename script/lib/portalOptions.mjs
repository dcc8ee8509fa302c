/* The arguments of script/server. */
import { accessSync, constants, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from './userError.mjs';

export const USAGE =
  'usage: script/server [--port N] [--kubeconfig FILE [--context NAME...] [--catalog FILE] [--prometheus [CONTEXT=]URL]... [--jaeger [CONTEXT=]URL]...]';

export const HELP = `${USAGE}

Starts a Backstage portal on this machine only: on two simulated clusters, or on those of a kubeconfig.

  --port N              the port of the portal, 7007 if absent; 0 takes a free one
  --kubeconfig FILE     read real clusters instead of the simulated ones; nothing is written to them
  --context NAME...     the contexts of FILE to read; absent, its current context
  --catalog FILE        a file of catalog entities; absent, they are proposed from the Services, once
  --prometheus URL      the Prometheus with the metrics of the mesh; with several contexts CONTEXT=URL, for each
  --jaeger URL          the Jaeger with its traces, in the same way`;

const OPTIONS = {
  port: { type: 'string', default: '7007' },
  dev: { type: 'boolean', default: false },
  state: { type: 'string' },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  kubeconfig: { type: 'string' },
  context: { type: 'string', multiple: true },
  catalog: { type: 'string' },
  prometheus: { type: 'string', multiple: true },
  jaeger: { type: 'string', multiple: true },
};

const OF_CLUSTERS = ['context', 'catalog', 'prometheus', 'jaeger'];

/** Reads the arguments; throws a UserError that names the one that is wrong. */
export function readOptions(args, root) {
  const values = parse(args);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) {
    throw new UserError(
      `--port ${values.port}: a port is a number from 1 to 65535 (0 takes a free one)`,
    );
  }
  const state = resolve(values.state ?? `${root}/.sandbox`);
  const { dev, check, help } = values;
  return { port, state, dev, check, help, clusters: clustersOf(values) };
}

function parse(args) {
  try {
    const { values, tokens } = parseArgs({
      args,
      options: OPTIONS,
      allowPositionals: true,
      tokens: true,
    });
    refuseTwice(tokens);
    return { ...values, context: contextsOf(tokens) };
  } catch (error) {
    throw new UserError(`${error.message.split('\n')[0]}\n${USAGE}`);
  }
}

/** Of an option that takes one value, the last would win unnoticed. */
function refuseTwice(tokens) {
  const given = new Set();
  for (const { kind, name } of tokens) {
    if (kind === 'option' && OPTIONS[name].type === 'string') {
      if (given.has(name) && !OPTIONS[name].multiple) {
        throw new UserError(`--${name} is given twice: give it once\n${USAGE}`);
      }
      given.add(name);
    }
  }
}

/** `--context a b` names two, as `--context a --context b` does. */
function contextsOf(tokens) {
  const contexts = [];
  let last;
  for (const token of tokens) {
    if (token.kind === 'option') {
      last = token.name;
      if (last === 'context') {
        contexts.push(token.value);
      }
    } else if (token.kind === 'positional' && last === 'context') {
      contexts.push(token.value);
    } else if (token.kind === 'positional') {
      throw new UserError(`${token.value}: what is that for?\n${USAGE}`);
    }
  }
  return contexts.length > 0 ? [...new Set(contexts)] : undefined;
}

function clustersOf(values) {
  if (values.kubeconfig === undefined) {
    const alone = OF_CLUSTERS.find(name => values[name] !== undefined);
    if (alone) {
      throw new UserError(
        `--${alone} is for real clusters: name their kubeconfig with --kubeconfig FILE`,
      );
    }
    return undefined;
  }
  return {
    kubeconfig: readable('kubeconfig', values.kubeconfig),
    contexts: values.context,
    catalog: values.catalog && readable('catalog', values.catalog),
    prometheus: (values.prometheus ?? []).map(text =>
      store('prometheus', text),
    ),
    jaeger: (values.jaeger ?? []).map(text => store('jaeger', text)),
  };
}

function readable(option, file) {
  const path = resolve(process.env.MESH_CALLER_CWD ?? '.', file);
  if (!existsSync(path)) {
    throw new UserError(`--${option} ${file}: there is no such file`);
  }
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new UserError(
      `--${option} ${file}: the file cannot be read (${error.code})`,
    );
  }
  return path;
}

/** `URL`, or `CONTEXT=URL`. */
function store(option, text) {
  const [, context, url] = /^(?:(.+?)=)?(https?:\/\/.+)$/.exec(text) ?? [];
  if (!url || !URL.canParse(url)) {
    throw new UserError(
      `--${option} ${text}: expected a URL such as http://localhost:${
        option === 'jaeger' ? 16686 : 9090
      }, or CONTEXT=URL`,
    );
  }
  const { username, password } = new URL(url);
  if (username || password) {
    // Neither is repeated: the terminal, too, may be recorded.
    throw new UserError(
      `--${option}: the URL ${
        context ? `for ${context} ` : ''
      }has a user or a password in it, which would be written into a file: give a URL without them, such as that of a kubectl port-forward`,
    );
  }
  return { option, text, context, url };
}
