"""The form: what one office gets for one period, and what comes back."""
