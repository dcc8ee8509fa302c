import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import scaffolderModuleMesh from '.';

async function actionsWith(config: { outputDirectory?: string }) {
  const actions: TemplateAction[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        {
          addActions: (...added: TemplateAction<any, any, any>[]) =>
            actions.push(...added),
        },
      ],
    ],
    features: [
      scaffolderModuleMesh,
      mockServices.rootConfig.factory({
        data: { mesh: { scaffolder: config } },
      }),
    ],
  });
  await backend.stop();
  return actions;
}

it('gives the scaffolder its actions, which can be tried and have examples', async () => {
  const actions = await actionsWith({});
  expect(
    actions.map(({ id, supportsDryRun, examples = [] }) => ({
      id,
      supportsDryRun,
      hasExamples: examples.length > 0,
    })),
  ).toEqual(
    ['mesh:policy:generate', 'mesh:folder:save'].map(id => ({
      id,
      supportsDryRun: true,
      hasExamples: true,
    })),
  );
});

it('does not start with a folder that is none', async () => {
  await expect(actionsWith({ outputDirectory: 'here' })).rejects.toThrow(
    'mesh.scaffolder.outputDirectory: expected an absolute path, got here',
  );
});
