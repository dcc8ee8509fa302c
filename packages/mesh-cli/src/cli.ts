import { Command, CommanderError, Option } from 'commander';
import { version } from '../package.json';
import type { Commands } from './commands';
import type { AnalyzeOptions } from './commands/analyze';
import type { AuthzOptions } from './commands/authz';
import type { MtlsOptions } from './commands/mtls';
import { withRequestOptions } from './commands/requestOptions';
import type { RoutesOptions } from './commands/routes';
import type { WalkOptions } from './commands/walk';
import { EXIT } from './exitCodes';
import { processTerminal, Terminal } from './terminal';
import { UsageError } from './usageError';

/** Runs the command of this process. What commands need is loaded when one of them is run. */
export function main(commands: () => Commands): void {
  const terminal = processTerminal();
  // A reader that has seen enough (`| head`) closes the pipe, which is nobody's mistake.
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') {
      process.exit(EXIT.ok);
    }
    throw error;
  });
  run(process.argv.slice(2), terminal, commands).then(
    code => {
      process.exitCode = code;
    },
    error => {
      terminal.err(`mesh: ${error instanceof Error ? error.stack : error}`);
      process.exitCode = EXIT.badInput;
    },
  );
}

/** Runs the command with these arguments, and gives its exit code. */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  commands: () => Commands,
): Promise<number> {
  let code: number = EXIT.ok;
  const program = createProgram(terminal, commands, result => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version are answers, and end by this error too.
      return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    }
    if (error instanceof UsageError) {
      terminal.err(`mesh: ${error.message}`);
      return EXIT.badInput;
    }
    throw error;
  }
  return code;
}

const PATHS = 'files and folders with YAML or JSON; - is the standard input';

const collected = (value: string, all: readonly string[] = []) => [
  ...all,
  value,
];

function createProgram(
  terminal: Terminal,
  commands: () => Commands,
  done: (code: number) => void,
): Command {
  const program = new Command('mesh')
    .description(
      'Analyses the configuration of Istio and Linkerd in files and clusters, with the rules of Mesh for Backstage',
    )
    .version(version)
    .showHelpAfterError('(mesh --help says more)')
    .exitOverride()
    .configureOutput({
      writeOut: line => terminal.out(line.trimEnd()),
      writeErr: line => terminal.err(line.trimEnd()),
    });
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('[path...]', PATHS)
      .addOption(
        new Option('-o, --output <format>', 'the form of the answer')
          .choices(['text', 'json'])
          .default('text'),
      )
      .option(
        '--with <path>',
        'files, a folder, or a kubeconfig for its cluster, that are read for what the others name, and not reported; may be given several times',
        collected,
      )
      .option(
        '--kubeconfig <file>',
        'the cluster of this kubeconfig is a part of the input',
      )
      .option(
        '--context <name>',
        'instead of the current context of the kubeconfig; several are looked at as one mesh',
        collected,
      )
      .option(
        '--use-kube',
        'the cluster that kubectl speaks to is a part of the input; --context alone says this too',
      )
      .option(
        '--default-namespace <name>',
        'where objects are that name no namespace',
        'default',
      );
  const analyzed = command(
    'analyze',
    'finds what is wrong in the configuration',
  );
  analyzed.options
    .find(({ long }) => long === '--output')
    ?.choices(['text', 'json', 'sarif']);
  analyzed
    .option(
      '--complete',
      'everything is there: what is named and not there is an error, and not only information',
    )
    .addOption(
      new Option(
        '--fail-on <level>',
        'the least level of findings that makes the exit code 1',
      )
        .choices(['error', 'warning', 'info'])
        .default('error'),
    )
    .option(
      '--suppress <CODE=object>',
      'findings that are not reported, such as "IST0102=Namespace default" or "IST0101=VirtualService *.shop"; may be given several times',
      collected,
    )
    .option(
      '--optional-check <code>',
      'a check that does not run unless it is asked for, or all; may be given several times',
      collected,
    )
    .action(async (paths: string[], options: AnalyzeOptions) =>
      done(await commands().analyze(paths, options, terminal)),
    );
  command(
    'mtls',
    'says of each workload how it takes part in a mesh, and what its ports accept',
  )
    .option('-n, --namespace <name>', 'only workloads of this namespace')
    .option('--workload <name>', 'only workloads of this name')
    .action(async (paths: string[], options: MtlsOptions) =>
      done(await commands().mtls(paths, options, terminal)),
    );
  command('routes', 'lists the effective routes of each Service')
    .option('-n, --namespace <name>', 'only Services of this namespace')
    .option(
      '--service <name>',
      'only Services of this name, or this host of a ServiceEntry',
    )
    .option(
      '--from <place>',
      "the client's place, NAMESPACE or NAMESPACE/Kind/name (default: the namespace of each Service)",
    )
    .option(
      '--gateway <gateway>',
      'instead: the rules of this Gateway, NAMESPACE/name, in the order in which they are tried',
    )
    .option('--host <name>', 'with --gateway: for requests with this host')
    .option('--port <number>', 'with --gateway: on this port', '80')
    .action(async (paths: string[], options: RoutesOptions) =>
      done(await commands().routes(paths, options, terminal)),
    );
  withRequestOptions(
    command('walk', 'says what becomes of one request, step by step'),
  )
    .requiredOption('--url <url>', 'such as http://reviews.shop:9080/reviews/1')
    .option(
      '--from <workload>',
      'the workload that sends the request, NAMESPACE/name or NAMESPACE/Kind/name',
    )
    .option(
      '--gateway <gateway>',
      'the Gateway through which the request comes from outside, NAMESPACE/name',
    )
    .option('--source-ip <address>', 'of the client outside')
    .action(async (paths: string[], options: WalkOptions) =>
      done(await commands().walk(paths, options, terminal)),
    );
  withRequestOptions(
    command(
      'authz',
      'says who may call each workload, or with --from whether one request is let in',
    ),
  )
    .option('-n, --namespace <name>', 'only workloads of this namespace')
    .option('--workload <name>', 'only workloads of this name')
    .option('--port <number>', 'only this port of the containers')
    .option(
      '--from <workload>',
      'the caller, NAMESPACE/name or NAMESPACE/Kind/name; outside: one outside the mesh',
    )
    .option('--path <path>', 'of the request; absent: any')
    .option('--host <name>', 'Host header of the request; absent: any')
    .action(async (paths: string[], options: AuthzOptions) =>
      done(await commands().authz(paths, options, terminal)),
    );
  return program;
}
