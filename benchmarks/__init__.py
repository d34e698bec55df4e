"""The tables of script/quality and script/bench; each file prints one from the data folder it is given."""
