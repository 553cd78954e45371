"""One result, many faces: JSON (the format, see FORMAT.md), the console, the table of a class, the gradebook.

Whatever a student's code said is foreign text here: it is shown escaped (`plain`), never interpreted. What hidden tests say
is for instructors; `audience` takes it out of everything that students read.
"""
