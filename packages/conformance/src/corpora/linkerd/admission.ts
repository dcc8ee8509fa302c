import { RawObject, validateLinkerd } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Comparison, corpus } from '../../corpus';

const admissionCase = z.object({
  id: z.string(),
  accept: z.boolean(),
  object: z.looseObject({ apiVersion: z.string(), kind: z.string() }),
});

/** What the policy controller's webhook, or the API server before it, refuses of one object. */
export const linkerdAdmission = corpus({
  name: 'linkerd-admission',
  schema: admissionCase,
  compare: compareObject,
});

/** What the webhook for ServiceProfiles refuses. */
export const linkerdServiceProfile = corpus({
  name: 'linkerd-serviceprofile',
  schema: admissionCase,
  compare: compareObject,
});

function compareObject({
  accept,
  object,
}: {
  accept: boolean;
  object: RawObject;
}): Comparison {
  const reasons = validateLinkerd(object)
    .filter(({ level }) => level === 'error')
    .map(({ field, message }) => `${field}: ${message}`);
  return {
    expected: { accept },
    actual: {
      accept: reasons.length === 0,
      // Shown where the answer is wrong; cases have other words for it, or none.
      ...(accept && reasons.length > 0 && { reasons }),
    },
  };
}
