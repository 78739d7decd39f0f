"""plan.xlsx: the 任务分解表 as the plan of record, written once, edited by people, read back."""
