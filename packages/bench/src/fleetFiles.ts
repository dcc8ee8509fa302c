import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  MeshSnapshot,
  parseObject,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { timed } from './numbers';

/** A fleet that was read from its files. */
export interface ReadFleet {
  changes: SnapshotChange[];
  /** How long JSON.parse took for all bytes. */
  parseMs: number;
}

/** Reads the Lists of a folder one by one, and keeps of each what the domain reads. */
export function readFleet(
  folder: string,
  afterList: () => void = () => {},
): ReadFleet {
  const changes: SnapshotChange[] = [];
  let parseMs = 0;
  for (const name of readdirSync(folder).sort()) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    const { ms, value } = timed((): { items: unknown[] } => JSON.parse(text));
    parseMs += ms;
    for (const item of value.items) {
      changes.push(changeOf(item));
    }
    afterList();
  }
  return { changes, parseMs };
}

function changeOf(item: unknown): SnapshotChange {
  const result = parseObject(item);
  switch (result.status) {
    case 'parsed':
      return { type: 'put', parsed: result.parsed };
    case 'malformed':
      return { type: 'malformed', malformed: result.malformed };
    default:
      throw new TypeError(`The fleet has something that is ${result.status}`);
  }
}

export function snapshotOf(changes: readonly SnapshotChange[]): MeshSnapshot {
  return MeshSnapshot.empty('fleet').apply(changes);
}
