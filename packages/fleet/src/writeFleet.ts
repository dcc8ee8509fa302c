import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FleetOptions, fleetObjects } from './fleet';
import { FleetManifest } from './manifest';

/** As many objects are in one List at most. */
export const LIST_SIZE = 500;

/** What was written. */
export interface WrittenFleet {
  objects: number;
  planted: number;
  files: number;
  bytes: number;
}

/** Writes a fleet into an empty folder, as Lists of one kind each: `pod-001.json`, `pod-002.json`, … */
export async function writeFleet(
  folder: string,
  options: FleetOptions,
): Promise<WrittenFleet> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new Error(`${folder} is not empty: name a folder of its own`);
  }
  const written = { objects: 0, planted: 0, files: 0, bytes: 0 };
  const numbers = new Map<string, number>();
  let list: FleetManifest[] = [];
  const flush = async () => {
    if (list.length === 0) {
      return;
    }
    const kind = list[0].kind.toLowerCase();
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    const name = `${kind}-${String(number).padStart(3, '0')}.json`;
    written.bytes += await writeList(path.join(folder, name), list);
    written.files += 1;
    list = [];
  };
  for (const { object, planted } of fleetObjects(options)) {
    if (list.length === LIST_SIZE || list[0]?.kind !== object.kind) {
      await flush();
    }
    list.push(object);
    written.objects += 1;
    written.planted += planted ? 1 : 0;
  }
  await flush();
  return written;
}

async function writeList(
  file: string,
  items: readonly FleetManifest[],
): Promise<number> {
  const text = `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items })}\n`;
  await writeFile(file, text);
  return Buffer.byteLength(text);
}
