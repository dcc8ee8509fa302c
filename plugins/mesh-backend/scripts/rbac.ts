import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rbacManifests } from '../src/deploy/rbac';

writeFileSync(resolve(__dirname, '../deploy/rbac.yaml'), rbacManifests());
