// Writes the register with SheetJS in each format it has: node make.mjs FOLDER SOURCE.xlsx
// Needs the package xlsx (its Excel 95 writes underlines for Chinese characters, so that one is made by the tests); the source is one that make.py wrote.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const XLSX = createRequire(join(process.cwd(), '/'))('xlsx');
const [folder, source] = process.argv.slice(2);
const book = XLSX.readFile(source, { cellDates: true, cellNF: true });
for (const [name, bookType, more] of [
  ['sheetjs.xlsx', 'xlsx', {}],
  ['sheetjs_shared.xlsx', 'xlsx', { bookSST: true }],
  ['sheetjs_dates.xlsx', 'xlsx', { cellDates: true }],
  ['sheetjs.ods', 'ods', {}],
  ['sheetjs97.xls', 'biff8', {}],
  ['sheetjs.txt', 'txt', {}],
]) {
  XLSX.writeFile(book, join(folder, name), { bookType, ...more });
}
