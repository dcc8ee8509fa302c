import { z } from 'zod';
import { writeRoute } from './routeDefinitions';
import { ENTITY, entityParams, itemParams } from './routeParams';
import { WriteRoutes } from './routeTypes';
import {
  checklistRecordBodySchema,
  revocationBodySchema,
} from './schemas/readiness';

/**
 * What is written: what people say about the items of an entity.
 *
 * @public
 */
export const WRITE_ROUTES: WriteRoutes = {
  attest: writeRoute({
    path: `${ENTITY}/readiness/items/:item/attestations`,
    summary: 'Vouches for an item that a person may decide',
    params: itemParams,
    body: checklistRecordBodySchema,
  }),
  waive: writeRoute({
    path: `${ENTITY}/readiness/items/:item/waivers`,
    summary: 'Accepts that an item is not met, for a time',
    params: itemParams,
    body: checklistRecordBodySchema,
  }),
  revoke: writeRoute({
    path: `${ENTITY}/readiness/records/:record/revocation`,
    summary: 'Takes an attestation or a waiver back; the record stays',
    params: entityParams.extend({ record: z.uuid('expected a UUID') }),
    body: revocationBodySchema,
  }),
};

/**
 * The name of a route by which something is written.
 *
 * @public
 */
export type WriteRouteName = keyof WriteRoutes;

/**
 * The parameters in the path of a route by which something is written.
 *
 * @public
 */
export type WriteRouteParams<R extends WriteRouteName> = z.input<
  WriteRoutes[R]['params']
>;

/**
 * The body that such a route takes.
 *
 * @public
 */
export type WriteRouteBody<R extends WriteRouteName> = z.input<
  WriteRoutes[R]['body']
>;

/**
 * What such a route answers.
 *
 * @public
 */
export type WriteRouteResponse<R extends WriteRouteName> = z.output<
  WriteRoutes[R]['response']
>;
