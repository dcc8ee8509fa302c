import { Field } from '../../validation/Field';
import { Complaint, Problems } from '../../validation/report';

/** An object of Istio as its rules look at it. */
export interface Subject {
  spec: Field;
  name: string;
  namespace: string;
  labels: Field;
  annotations: Field;
  /** Why a text is no expression of CEL, where there is a parser. */
  celComplaint(text: string): Complaint;
}

/** The rules of one kind. */
export type KindRules = (subject: Subject) => Problems;
