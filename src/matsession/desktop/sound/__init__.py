"""The chimes, made audible; ``chime_output.ChimeOutput`` is what the rest of the house uses.

Two players know how to make sound: ``qt_player`` and, where that cannot, ``playsound_player``. Both live in a
child process (``sound_process``), and ``process_player`` is the side of it that sits in the program. Three
things that were seen with Qt 6.11.3 on PulseAudio 16 ask for that (the first also with 6.10.3 and 6.12.0):

- A ``QSoundEffect`` that ends while another one sounds, or whose device goes away, leaves Qt's event loop
  spinning for ever ("QSocketNotifier: Invalid socket ..., disabling...", some 50,000 times a second): in the
  window's process the window freezes. ``qt_player`` lets none end by itself; devices still go away.
- After the sound server has gone Qt goes on saying that it plays, without a signal, and nothing is heard.
- Where no sound server runs at the first look, Qt does not look again.

A child that is late or silent is ended and replaced, which takes a third of a second; the chime moves
to the new one.
"""
