import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Exams with their versions; versions are append-only. */
export const exams: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable('exam')
      .addColumn('exam_id', 'uuid', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('created_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('saved_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('schema_version', 'integer', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('signed', 'boolean', (column) => column.notNull())
      .addColumn('patient_id', 'text')
      .addColumn('patient_name', 'text')
      .addColumn('study_instance_uid', 'text')
      .addColumn('study_date', 'text')
      .execute()
    await database.schema.createIndex('exam_saved_at').on('exam').columns(['saved_at', 'exam_id']).execute()
    await database.schema
      .createIndex('exam_study_instance_uid')
      .on('exam')
      .column('study_instance_uid')
      .execute()
    await database.schema
      .createTable('exam_version')
      .addColumn('exam_id', 'uuid', (column) => column.notNull().references('exam.exam_id'))
      .addColumn('version', 'integer', (column) => column.notNull().check(sql`version >= 1`))
      .addColumn('saved_at', sql`timestamptz(3)`, (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('schema_version', 'integer', (column) => column.notNull())
      .addColumn('record', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('exam_version_key', ['exam_id', 'version'])
      .execute()
    await sql`
      create function exam_version_is_kept() returns trigger language plpgsql as $$
      begin
        raise exception 'versions of exams are kept as they were saved';
      end $$`.execute(database)
    await sql`
      create trigger exam_version_is_kept before update or delete or truncate on exam_version
      for each statement execute function exam_version_is_kept()`.execute(database)
  },
}
