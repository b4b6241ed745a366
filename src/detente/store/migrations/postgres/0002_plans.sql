-- Plans are a layer of their own from here on; a program that does not know it must not write this store.
COMMENT ON TABLE records IS 'The compared record: one row a record of every layer, plans included.';
