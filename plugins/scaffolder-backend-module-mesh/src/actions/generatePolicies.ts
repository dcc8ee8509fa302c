import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  checkPolicies,
  generatePolicies,
  PolicyError,
  policyFiles,
  PolicyTask,
  satisfiedItems,
} from 'backstage-plugin-mesh-common';
import { MeshBackend } from '../MeshBackend';
import { resolveCallers } from './callers';
import { examples } from './generatePolicies.examples';
import { inputFields, outputFields } from './generatePolicies.schema';
import { readInput } from './input';
import { placementAt } from './placement';
import { plannedObjects, replacedNotes } from './replaced';
import { placeText, summary } from './summary';
import { writeFiles } from './workspace';

/** Writes the policies of a service for the mesh that runs where it goes, into the workspace. */
export function createGeneratePoliciesAction(options: {
  backend: MeshBackend;
}) {
  const { backend } = options;
  return createTemplateAction({
    id: 'mesh:policy:generate',
    description:
      'Writes the policies of a service for the mesh that runs where it goes: who may call it, mutual TLS, timeouts, retries and circuit breakers',
    examples,
    supportsDryRun: true,
    schema: { input: inputFields, output: outputFields },
    async handler(ctx) {
      const { logger } = ctx;
      const input = readInput(ctx.input);
      const asking = {
        credentials: await ctx.getInitiatorCredentials(),
        ...(ctx.signal && { signal: ctx.signal }),
      };

      const { placement, notes: placementNotes } = placementAt(
        await backend.placements(asking),
        input,
      );
      logger.info(
        `${input.name} goes to ${placeText(placement)}: ${
          placement.mode.reasons[0]?.text ?? ''
        }`,
      );
      const resolved = await resolveCallers(
        backend,
        input.callers,
        placement,
        asking,
      );
      for (const { entityRef, namespace, serviceAccount } of resolved.callers) {
        logger.info(
          `Caller ${entityRef} is the account ${namespace}/${serviceAccount} on ${placement.cluster}`,
        );
      }

      const { name, port, protocol, probes, resilience } = input;
      const task: PolicyTask = {
        placement,
        intent: {
          name,
          port,
          protocol,
          probes,
          resilience,
          callers: resolved.callers,
        },
      };
      const policies = generate(task);
      const planned = plannedObjects(policies.manifests);
      const existingNotes = replacedNotes({
        planned,
        answer: await backend.plannedObjects(planned, placement, asking),
        place: placement,
        overwrite: input.overwrite,
      });
      const files = policyFiles(
        task,
        policies,
        input.owner
          ? {
              owner: input.owner,
              ...(input.description && { description: input.description }),
              callers: resolved.entityRefs,
            }
          : undefined,
      );

      const { findings, checks } = checkPolicies(task, files);
      const errors = findings.filter(({ level }) => level === 'error');
      if (errors.length > 0) {
        throw new Error(
          `What was generated does not pass the checks of the mesh plugin, and was not written: ${errors
            .map(({ code, message }) => `${code} ${message}`)
            .join('; ')}`,
        );
      }
      const paths = await writeFiles(
        ctx.workspacePath,
        input.targetPath,
        files,
      );
      files.forEach(({ purpose }, index) =>
        logger.info(`Wrote ${paths[index]}: ${purpose}`),
      );
      logger.info(
        `Checked ${
          policies.manifests.length
        } objects by ${checks} rules, with a pod of ${name} as ${
          placement.meshTitle ?? placement.mesh
        } on ${placement.cluster} would carry it: ${
          findings.length === 0 ? 'nothing found' : `${findings.length} found`
        }`,
      );

      const notes = [
        ...placementNotes,
        ...existingNotes,
        ...resolved.notes,
        ...findings.map(({ code, message }) => `${code}: ${message}`),
        ...policies.notes,
      ];
      notes.forEach(note => logger.warn(note));
      const satisfied = satisfiedItems(policies.manifests);
      for (const { section, item, by } of satisfied) {
        logger.info(`Checklist: ${section}: ${item} (${by.join(', ')})`);
      }
      ctx.output('paths', paths);
      ctx.output('satisfied', satisfied);
      ctx.output('notes', notes);
      ctx.output('mesh', placement.mesh ?? '');
      ctx.output('summary', summary({ placement, files, satisfied, notes }));
    },
  });
}

function generate(task: PolicyTask) {
  try {
    return generatePolicies(task);
  } catch (error) {
    if (error instanceof PolicyError) {
      throw new InputError(error.message, error);
    }
    throw error;
  }
}
