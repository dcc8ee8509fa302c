import { Field } from '../../validation/Field';
import { Problems } from '../../validation/report';

/** An object as Linkerd's webhooks look at it. */
export interface LinkerdSubject {
  group: string;
  kind: string;
  spec: Field;
  name: Field;
  namespace: string;
  annotations: Field;
}

/** The rules of one kind. */
export type LinkerdRules = (subject: LinkerdSubject) => Problems;
