import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { CustomErrorBase, toError } from '@backstage/errors';
import {
  ChecklistRecord,
  ChecklistRecordKind,
  RouteDefinition,
  WRITE_ROUTES,
} from 'backstage-plugin-mesh-common';
import { json, Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { AnswerContext, EntityQuestion } from '../answers/context';
import { Authorizer } from '../router/Authorizer';
import { parseInput } from '../router/parseInput';
import { addRecord, itemFor, recordFor } from './writes';

/** More than the longest reason and link, with all of it escaped. */
const MAX_BODY = '64kb';

class UnsupportedMediaTypeError extends CustomErrorBase {
  override name = 'UnsupportedMediaTypeError' as const;
  readonly statusCode = 415;
}

/** Who writes, about which entity. */
interface Write<P, B> {
  question: EntityQuestion;
  by: string;
  path: P;
  body: B;
}

/**
 * The routes by which people say something about the items of an entity. Each checks, in this order, who asks,
 * what they send, whether they may read the entity, and whether they may say this of it. Only JSON is taken:
 * a form of another site cannot send it.
 */
export function createChecklistRouter(options: {
  context: Pick<AnswerContext, 'records'>;
  authorizer: Authorizer;
  auditor: AuditorService;
  logger: LoggerService;
  /** Called after something was written, which stays written whatever comes of this. */
  onWrite(): void;
}): Router {
  const { context, authorizer, auditor, logger, onWrite } = options;
  const { records } = context;
  const router = PromiseRouter();
  const parseJson = json({ limit: MAX_BODY, type: 'application/json' });

  function writeRoute<
    P extends z.ZodType<{ kind: string; namespace: string; name: string }> &
      z.ZodObject,
    B extends z.ZodObject,
  >(
    route: RouteDefinition<P, z.ZodObject, z.ZodType, B>,
    eventId: string,
    write: (write: Write<z.output<P>, z.output<B>>) => Promise<ChecklistRecord>,
  ): void {
    router.post(
      route.path,
      async (request, _, next) => {
        // Nobody's body is read before it is known who sends it.
        await authorizer.user(request);
        if (!request.is('application/json')) {
          throw new UnsupportedMediaTypeError(
            'The body must be JSON: send it with content-type application/json',
          );
        }
        next();
      },
      parseJson,
      async (request, response) => {
        const { credentials, by } = await userOf(request);
        const path = parseInput(route.params, 'path', request.params);
        parseInput(route.query, 'query', request.query);
        const body = parseInput(route.body, 'body', request.body);
        const question = await authorizer.entityReader(credentials, path);
        const event = await auditor.createEvent({
          eventId,
          request,
          severityLevel: 'medium',
          meta: { entityRef: question.entity.ref, ...request.params },
        });
        let record: ChecklistRecord;
        try {
          record = await write({ question, by, path, body });
        } catch (error) {
          await event.fail({ error: toError(error) });
          throw error;
        }
        await event.success({ meta: { record: record.id } });
        tell();
        response.status(201).json(record);
      },
    );
  }

  function tell(): void {
    try {
      onWrite();
    } catch (error) {
      logger.error(
        'Pages could not be told that a checklist was written to',
        toError(error),
      );
    }
  }

  async function userOf(request: Request) {
    const credentials = await authorizer.user(request);
    return { credentials, by: credentials.principal.userEntityRef };
  }

  async function say(
    kind: ChecklistRecordKind,
    {
      question,
      by,
      path,
      body,
    }: Write<
      z.output<typeof WRITE_ROUTES.attest.params>,
      z.output<typeof WRITE_ROUTES.attest.body>
    >,
  ): Promise<ChecklistRecord> {
    await authorizer.requireChecklist(question, kind);
    const item = itemFor(kind, path.item);
    return addRecord(
      records,
      question.entity.ref,
      { ...body, item: item.id, kind, by },
      new Date(),
    );
  }

  writeRoute(WRITE_ROUTES.attest, 'checklist-attest', write =>
    say('attestation', write),
  );
  writeRoute(WRITE_ROUTES.waive, 'checklist-waive', write =>
    say('waiver', write),
  );
  writeRoute(
    WRITE_ROUTES.revoke,
    'checklist-revoke',
    async ({ question, by, path, body }) => {
      const { ref } = question.entity;
      const { id, kind } = await recordFor(records, ref, path.record);
      await authorizer.requireChecklist(question, kind);
      return records.revoke(ref, id, { by, reason: body.reason });
    },
  );
  return router;
}
