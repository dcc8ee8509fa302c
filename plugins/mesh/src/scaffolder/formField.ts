import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { PLACEMENT_FIELD, placementFieldSchema } from './placementField';
import { PlacementField } from './PlacementField';
import { validatePlacement } from './validatePlacement';

/** The field for the place of a service, for the new frontend system. */
export const placementFormField = createFormField({
  name: PLACEMENT_FIELD,
  component: PlacementField,
  validation: validatePlacement,
  schema: placementFieldSchema,
});
