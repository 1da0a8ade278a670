-- What an import assumes where its sheet says nothing: the answers, and how many rows lack each, as JSON.

alter table import_plan add column assumed text not null default '{}';
