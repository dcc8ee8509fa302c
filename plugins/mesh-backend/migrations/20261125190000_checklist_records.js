// @ts-check

/**
 * What people said about items of the checklist. Rows are never deleted, and changed only by the revocation.
 *
 * Moments are kept as text (RFC 3339, UTC, milliseconds) and days as YYYY-MM-DD: both sort as they stand, and
 * read the same from SQLite and from PostgreSQL.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('checklist_records', table => {
    table.string('id', 36).primary().comment('UUID');
    table.string('entity_ref', 800).notNullable().index();
    table.string('item', 200).notNullable().comment('Id of the item');
    table.string('kind', 20).notNullable().comment('attestation or waiver');
    table.text('reason').notNullable();
    table.text('link').nullable();
    table.string('expires', 10).notNullable().comment('The last day');
    table.string('created_at', 24).notNullable();
    table.string('created_by', 800).notNullable().comment('Entity of the user');
    table.string('revoked_at', 24).nullable();
    table.string('revoked_by', 800).nullable();
    table.text('revoke_reason').nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('checklist_records');
};
