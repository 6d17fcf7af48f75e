"""What an office does before a quarter can be made: found its data root, open a quarter (单位与季度的开设).

What lives here: blank workbooks from layouts and registry, a new quarter's folder, another office's data root.
What must not: Dagster, the terminal, how a workbook is written.
"""
