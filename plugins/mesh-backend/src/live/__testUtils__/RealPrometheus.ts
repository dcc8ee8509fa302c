import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { asset } from './assets';
import { freePort, Program } from './Program';

/** A real Prometheus on loopback that holds samples which were scraped elsewhere, and scrapes nothing. */
export class RealPrometheus {
  readonly url: string;
  readonly #folder: string;
  readonly #program: Program;

  /** Takes the samples in OpenMetrics' text form. */
  static async start(samples: Iterable<string>): Promise<RealPrometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
    const file = join(folder, 'samples');
    const data = join(folder, 'data');
    await pipeline(Readable.from(inPieces(samples)), createWriteStream(file));
    await promisify(execFile)(asset('promtool'), [
      ...['tsdb', 'create-blocks-from', 'openmetrics', file, data],
    ]);
    await rm(file);
    const config = join(folder, 'prometheus.yml');
    await writeFile(config, 'scrape_configs: []\n');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const program = Program.start(asset('prometheus'), [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
    try {
      await program.until(async () => (await fetch(`${url}/-/ready`)).ok);
    } catch (error) {
      await program.stop();
      throw error;
    }
    return new RealPrometheus(url, folder, program);
  }

  private constructor(url: string, folder: string, program: Program) {
    this.url = url;
    this.#folder = folder;
    this.#program = program;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Line by line, writing takes longer than anything else. */
function* inPieces(lines: Iterable<string>): Iterable<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length > 1_000_000) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}
