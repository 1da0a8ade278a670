-- Few rows wait, and all others were walked to find them: what left the scope but carries work, photo files without receipt,
-- and those that cannot be sent. An index of all rows by the state of owed ones is of no use beside these.
create index record_hidden on record (id) where hidden = 1;
create index photo_file_waiting on photo_file (written_ms) where owed = 1 and state <> 'RECEIPT';
create index photo_file_fault on photo_file (written_ms) where fault is not null;
drop index photo_file_owed;
