import { z } from 'zod';
import { ChecklistRecord } from './readiness';
import { NoQuery, RouteDefinition } from './routeTypes';
import { checklistRecordSchema } from './schemas/readiness';

export function route<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Response extends z.ZodType,
>(
  definition: Omit<
    RouteDefinition<Path, Query, Response, undefined>,
    'method' | 'body'
  >,
): RouteDefinition<Path, Query, Response, undefined> {
  return { ...definition, method: 'GET', body: undefined };
}

export const noParams = z.object({});

export const noQuery = z.strictObject({});

export function writeRoute<Path extends z.ZodObject, Body extends z.ZodObject>(
  definition: Pick<
    RouteDefinition<Path, NoQuery, z.ZodType, Body>,
    'path' | 'summary' | 'params' | 'body'
  >,
): RouteDefinition<Path, NoQuery, z.ZodType<ChecklistRecord>, Body> {
  return {
    ...definition,
    method: 'POST',
    access: 'checklist',
    query: noQuery,
    response: checklistRecordSchema,
  };
}
