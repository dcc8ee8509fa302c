import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { MeasurementName } from './lines';
import { Folders, NEEDS } from './measure';

/* eslint-disable-next-line no-restricted-syntax */
const SCRIPT = path.resolve(__dirname, '../bin/measure');

const valuesSchema = z.record(z.string(), z.number());

/** Makes a measurement in a process of its own, so that none has what another left behind. */
export async function runMeasurement(
  name: MeasurementName,
  folders: Folders,
): Promise<Record<string, number>> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${NEEDS[name].heapMb}`,
      SCRIPT,
      name,
      folders.M,
      folders.L,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [output, [code, signal]] = await Promise.all([
    text(child.stdout),
    once(child, 'exit'),
  ]);
  if (code !== 0) {
    throw new Error(`the measurement ${name} ended with ${signal ?? code}`);
  }
  return valuesSchema.parse(JSON.parse(output));
}
