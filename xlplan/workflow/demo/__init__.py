"""`xlplan demo`: a whole year on a sample plan, through the same functions that the other commands use."""

from xlplan.workflow.demo.year import Step, run_demo

__all__ = ["Step", "run_demo"]
