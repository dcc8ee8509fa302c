import { symlinkSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createSaveFolderAction } from './saveFolder';

const workspace = createMockDirectory({
  content: { manifests: { 'service.yaml': 'kind: Service' } },
});
const kept = createMockDirectory();

function context(taskId = 'a-task') {
  return createMockActionContext({
    workspacePath: workspace.path,
    task: { id: taskId },
  });
}

beforeEach(() => kept.clear());

it('keeps the files below the folder of the operator, under the id of the task', async () => {
  const ctx = context();
  symlinkSync('/etc/hostname', `${workspace.path}/link`);
  await createSaveFolderAction({ outputDirectory: kept.path }).handler(ctx);
  expect(kept.content()).toEqual({
    'a-task': { manifests: { 'service.yaml': 'kind: Service' } },
  });
  expect(ctx.output).toHaveBeenCalledWith('path', `${kept.path}/a-task`);
});

it('writes nothing in a dry run', async () => {
  const ctx = { ...context(), isDryRun: true };
  await createSaveFolderAction({ outputDirectory: kept.path }).handler(ctx);
  expect(kept.content()).toEqual({});
  expect(ctx.output).toHaveBeenCalledWith('path', `${kept.path}/a-task`);
});

it('never overwrites what a task has kept', async () => {
  const action = createSaveFolderAction({ outputDirectory: kept.path });
  await action.handler(context());
  await expect(action.handler(context())).rejects.toThrow('a-task');
});

it('refuses an id that leads elsewhere', async () => {
  await expect(
    createSaveFolderAction({ outputDirectory: kept.path }).handler(
      context('../elsewhere'),
    ),
  ).rejects.toThrow('not allowed');
});

it('refuses where the operator has named no folder, and says what to do', async () => {
  await expect(createSaveFolderAction({}).handler(context())).rejects.toThrow(
    'mesh.scaffolder.outputDirectory is not set. Choose a pull request instead',
  );
});
