import { ObjectRef } from 'backstage-plugin-mesh-common';
import { useEffect, useReducer } from 'react';
import { objectKey, parseObjectKey } from '../../format/refs';
import { useUrlState } from '../../hooks/useUrlState';
import { AnswerRegistry, ExplainedAnswer } from './AnswerRegistry';

/** What the URL says that is open. */
export interface OpenReason {
  /** Absent: the answer is not on the page, or not any more. */
  answer?: ExplainedAnswer;
  /** The object whose YAML is shown, and the field to look at. */
  object?: ObjectRef;
  field?: string;
  select(object: ObjectRef, field: string | undefined): void;
  close(): void;
}

/** The open answer and object by the URL; undefined where nothing is open. */
export function useOpenReason(
  registry: AnswerRegistry,
): OpenReason | undefined {
  const url = useUrlState();
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  useEffect(() => registry.subscribe(rerender), [registry]);

  const id = url.get('reason');
  const written = url.get('object');
  if (id === undefined && written === undefined) {
    return undefined;
  }
  const answer = id === undefined ? undefined : registry.get(id);
  const chosen = written === undefined ? undefined : parseObjectKey(written);
  const decider = answer?.reasons.find(({ object }) => object);
  return {
    ...(answer && { answer }),
    ...(chosen
      ? { object: chosen, field: url.get('field') }
      : { object: decider?.object, field: decider?.field }),
    select: (object, field) =>
      url.set({ object: objectKey(object), field }, { replace: true }),
    close: () =>
      url.set(
        { reason: undefined, object: undefined, field: undefined },
        { replace: true },
      ),
  };
}
