"""Sound; ``chime_output.ChimeOutput`` is what the rest of the house uses.

Two players know how to make sound: ``qt_player`` and, where that cannot, ``playsound_player``. Both live in a
child process (``sound_process``), and ``process_player`` is the side of it that sits in the program.

``qt_player`` mixes chimes, voice and background by itself (``mixer``) into one stream (``output_stream``): on
Linux straight to PulseAudio or PipeWire (``pulse_stream``), elsewhere by Qt Multimedia (``qt_stream``). The
stream is opened two seconds before a cue is due, wakes the output with silence, and is closed after the
sound. The cue is handed over with its moment: the child begins it at the right frame, even if the program is
frozen.

Why a child (seen with Qt 6.11.3 on PulseAudio 16, where Qt itself plays):

- With the sound server gone Qt says for ever that it plays, without a signal; only the count of frames that
  were taken stands still.
- A stream opened after that ends the whole process, inside PulseAudio's library (``pa_context_get_state``).
- Where no sound server runs at the first look, Qt does not look again.
- A ``QSoundEffect`` that ended while another one sounded left Qt's event loop spinning; we use none any more.

A child that is late, silent or gone is replaced, which takes a third of a second; what it had not sounded
moves to the new one. And a child outlives the program: what has begun to sound rings out.
"""
