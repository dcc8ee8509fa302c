import { useApiHolder } from '@backstage/core-plugin-api';
import {
  FieldExtensionOptions,
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { createFieldValidation } from '@backstage/plugin-scaffolder-react/alpha';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ComponentProps, useState } from 'react';
import {
  MeshPlacementFieldExtension,
  meshApiRef,
  PlacementValue,
} from '../index';
import { setupMeshBackend } from '../__testUtils__/meshBackend';
import { testMeshClient } from '../__testUtils__/renderMesh';

setupMeshBackend();

/** The field as the scaffolder's page of an app of the established frontend system finds and draws it. */
function FieldOfThePage() {
  const [field] = useCustomFieldExtensions<
    FieldExtensionOptions<PlacementValue, object>
  >(
    <ScaffolderFieldExtensions>
      <MeshPlacementFieldExtension />
    </ScaffolderFieldExtensions>,
  );
  const { name, component: Field, validation } = field;
  const apiHolder = useApiHolder();
  const [formData, setFormData] = useState<PlacementValue>({});
  const [problems, setProblems] = useState<string[]>();
  const props = {
    formData,
    onChange: setFormData,
    idSchema: { $id: 'root_place' },
    schema: { type: 'object' },
    uiSchema: {},
    rawErrors: [],
    required: true,
    disabled: false,
  };
  const check = async () => {
    const result = createFieldValidation();
    await validation?.(formData, result, {
      apiHolder,
      formData: {},
      schema: {},
    });
    setProblems(result.__errors);
  };
  return (
    <>
      <h2>ui:field: {name}</h2>
      <Field {...(props as unknown as ComponentProps<typeof Field>)} />
      <button onClick={check}>Check</button>
      <output>{problems && (problems.join() || 'It will do')}</output>
    </>
  );
}

it('is a field of the forms of an app of the established frontend system', async () => {
  const user = userEvent.setup();
  await renderInTestApp(
    <TestApiProvider apis={[[meshApiRef, testMeshClient()]]}>
      <FieldOfThePage />
    </TestApiProvider>,
  );
  expect(
    await screen.findByRole('heading', { name: 'ui:field: MeshPlacement' }),
  ).toBeVisible();

  await user.type(screen.getByLabelText(/^Cluster/), 'north');
  await user.type(screen.getByLabelText(/^Namespace/), 'shop');
  await user.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText(/there is no cluster north/)).toBeVisible();

  await user.clear(screen.getByLabelText(/^Cluster/));
  await user.type(screen.getByLabelText(/^Cluster/), 'east');
  await user.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText('It will do')).toBeVisible();
});
