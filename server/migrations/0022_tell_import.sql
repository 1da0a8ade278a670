-- Why rows wait, so that rows of one reason are found and counted without reading them whole; and what of each sheet was read.

-- A mark for its weight, the code and the cell of each remark: `?id_twice@D5 .phones_split@H5`; ! refuses, ? doubts, . only tells.
alter table import_row add column reasons text not null default '';
-- Each table that was read and each sheet that was not, as JSON.
alter table import_plan add column sheets text not null default '[]';
