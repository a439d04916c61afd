"""Games among n interchangeable actors, one kind a file."""
