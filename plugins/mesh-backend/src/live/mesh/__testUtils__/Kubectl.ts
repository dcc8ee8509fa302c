import { spawn } from 'node:child_process';
import { z } from 'zod';

const itemsSchema = z.object({ items: z.array(z.unknown()) });

/** Runs kubectl, of the PATH, with a kubeconfig. */
export class Kubectl {
  readonly #kubeconfig: string;

  static create(kubeconfig: string): Kubectl {
    return new Kubectl(kubeconfig);
  }

  private constructor(kubeconfig: string) {
    this.#kubeconfig = kubeconfig;
  }

  async apply(objects: readonly object[]): Promise<void> {
    if (objects.length > 0) {
      await this.run(['apply', '-f', '-'], listOf(objects));
    }
  }

  async delete(objects: readonly object[], wait = true): Promise<void> {
    if (objects.length > 0) {
      await this.run(
        ['delete', '--ignore-not-found', `--wait=${wait}`, '-f', '-'],
        listOf(objects),
      );
    }
  }

  /** The objects of a kind in a namespace. */
  async list<S extends z.ZodType>(
    schema: S,
    ...args: readonly string[]
  ): Promise<z.infer<S>[]> {
    const text = await this.run(['get', ...args, '-o', 'json']);
    return itemsSchema
      .parse(JSON.parse(text))
      .items.map(item => schema.parse(item));
  }

  /** Its output; rejects with what it says where it fails. */
  async run(args: readonly string[], input = ''): Promise<string> {
    const child = spawn(
      'kubectl',
      ['--kubeconfig', this.#kubeconfig, ...args],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    let output = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', text => (output += text));
    child.stderr.setEncoding('utf8').on('data', text => (said += text));
    // Where it ends early, its exit code says so.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', error =>
        reject(new Error(`kubectl cannot be run: ${error.message}`)),
      );
      child.once('close', resolve);
    });
    if (code !== 0) {
      throw new Error(
        `kubectl ${args.join(' ').slice(0, 200)} ended with ${code}: ${said}`,
      );
    }
    return output;
  }
}

function listOf(objects: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
}
