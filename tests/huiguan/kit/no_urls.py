"""An empty URL set: the kit's templates must stand on any host, whatever it answers."""

urlpatterns: list[object] = []
