import { FleetManifest } from './manifest';

/** A problem that is planted in an object, and the code of the check that finds it there. */
export interface Problem {
  code: string;
  /** Changes the object, which is nobody else's. */
  plant(object: FleetManifest): void;
}

/** One in so many objects of a kind has a problem. */
const ONE_IN = 100;

/** Where in each hundred the problem is, so that a small fleet has some too. */
const PLACE = 7;

/** What goes wrong in real clusters, by the kind where it is written. */
export type Problems = Readonly<Record<string, readonly Problem[]>>;

/** The problem of the object of this kind and place, if it is one of those with a problem. */
export function problemOf(
  known: Problems,
  kind: string,
  index: number,
): Problem | undefined {
  const problems = Object.hasOwn(known, kind) ? known[kind] : [];
  return index % ONE_IN === PLACE && problems.length > 0
    ? problems[Math.floor(index / ONE_IN) % problems.length]
    : undefined;
}

/** Whether the workload or the pod of this place was made before injection was switched on. */
export function isLeftOut(index: number): boolean {
  return index % ONE_IN === PLACE;
}

type Members = Record<string, unknown>;

/** A part of an object, to be changed. */
export function at(object: FleetManifest, ...path: string[]): Members {
  let value: unknown = object;
  for (const step of path) {
    value = Object(value)[step];
  }
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`${object.kind} has no ${path.join('.')}`);
  }
  return value as Members;
}

/** The first of a list of an object, to be changed. */
export function firstOf(object: FleetManifest, ...path: string[]): Members {
  return at(object, ...path, '0');
}
