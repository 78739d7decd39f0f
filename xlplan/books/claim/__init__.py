"""The claim form (认领表): the tasks that have no owner yet, for an office to say which it leads or supports."""
